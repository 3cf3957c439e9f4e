/** How a verticle contributes routes and WebSocket paths to whatever serves HTTP in its process. */
@NullMarked
package dev.carillon.gateway;

import org.jspecify.annotations.NullMarked;
