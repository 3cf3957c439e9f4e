/** The management port: health, readiness and metrics of the process. */
@NullMarked
package dev.carillon.launch.management;

import org.jspecify.annotations.NullMarked;
