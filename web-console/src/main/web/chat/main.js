// @ts-check
import './carillon-chat.js';
