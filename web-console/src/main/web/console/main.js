// @ts-check
import './ca-console.js';
