/** Benchmarks: load on a real node from another process, and microbenchmarks of the hot path. */
@NullMarked
package dev.carillon.bench;

import org.jspecify.annotations.NullMarked;
