package dev.carillon.broker;

import dev.carillon.port.Streams;
import java.util.function.LongSupplier;

/**
 * What the event loops of one feed have in common.
 *
 * @param loops how many there are
 * @param clock milliseconds that never go backward
 */
record FeedShared(
    Streams streams,
    BrokerOptions options,
    int loops,
    LongSupplier clock,
    OpenParts parts,
    FeedCounts counts) {}
