/**
 * The ports: what sessions and verticles need from the cluster, without a word about how it is
 * done. Every Future completes on the context of the caller.
 */
@NullMarked
package dev.carillon.port;

import org.jspecify.annotations.NullMarked;
