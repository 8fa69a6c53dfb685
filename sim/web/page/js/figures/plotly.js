/** The drawing library, fetched once, when the first figure is drawn. */

let loading = null;

/** @returns {Promise<object>} Plotly; rejected when it cannot be fetched, and asked again next time. */
export function plotly() {
  if (globalThis.Plotly) return Promise.resolve(globalThis.Plotly);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/plotly.js";
    script.async = true;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      script.remove();
      loading = null;
      reject(new Error("plotly.js"));
    };
    document.head.append(script);
  });
  return loading;
}
