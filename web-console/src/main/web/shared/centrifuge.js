// @ts-check
/** The official client comes as a script that sets a global; here it becomes a module. */
import 'centrifuge';

/** @type {any} */
export const Centrifuge = /** @type {any} */ (globalThis).Centrifuge;
