/** Stopping a task and going on with one; the task in what the server answers. */

import { post } from "./api.js";

/** @param {{task: object}} answer @returns {object} the task in it. */
export const taskOf = (answer) => answer.task;

/** @param {string} id of a task. @returns {Promise<object>} the task, stopped. */
export const stop = async (id) => taskOf(await post(`/api/tasks/${id}/stop`));

/** @param {string} id of a task. @returns {Promise<object>} the task, on its way again. */
export const goOn = async (id) => taskOf(await post(`/api/tasks/${id}/go-on`));
