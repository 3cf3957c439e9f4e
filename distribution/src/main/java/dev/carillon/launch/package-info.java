/** The command line, and how one process is put together from configuration and verticles. */
@NullMarked
package dev.carillon.launch;

import org.jspecify.annotations.NullMarked;
