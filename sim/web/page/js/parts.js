/** The building blocks of screens, in one place to import from. */

export { badge, button, cluster, disclosure, iconButton, linkButton, segmented, selectField, textField } from "./parts/basic.js";
export { limitInput, numberField, show } from "./parts/number.js";
export { dialog, drawer } from "./parts/dialog.js";
export { banner, empty, errorBox, notice, progress, skeleton, stageText, toast } from "./parts/feedback.js";
export { table, tiles } from "./parts/table.js";
export { icon } from "./icons.js";
