// @ts-check
import './ca-chat.js';
