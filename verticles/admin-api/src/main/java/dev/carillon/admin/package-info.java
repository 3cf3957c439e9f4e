/** The server side of the web console: log in, look at the cluster, disconnect a client. */
@NullMarked
package dev.carillon.admin;

import org.jspecify.annotations.NullMarked;
