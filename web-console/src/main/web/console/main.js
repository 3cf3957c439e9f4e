// @ts-check
import './carillon-console.js';
