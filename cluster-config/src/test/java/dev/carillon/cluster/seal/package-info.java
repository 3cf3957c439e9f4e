/** Payloads of streams that the data grid can not read. */
@NullMarked
package dev.carillon.cluster.seal;

import org.jspecify.annotations.NullMarked;
