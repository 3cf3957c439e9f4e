package dev.carillon.http;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Limits for guests of the demonstration. */
@Section(value = "demo", doc = "The chat page for guests.")
public record GuestOptions(
    @Option(
            value = "10m",
            doc = "How long a guest's token is valid; the page refreshes it before.",
            why = "Long enough to sleep through a restart, short enough to be forgotten.",
            min = "1m",
            max = "24h")
        Duration tokenTtl,
    @Option(
            value = "50",
            doc = "New guests from one address at once; IPv6 counts by /64.",
            why = "A class room behind one address can begin together.",
            min = "1",
            max = "100000")
        int tokenBurst,
    @Option(
            value = "60",
            doc = "New guests from one address in a minute.",
            why = "One a second: people, not scripts.",
            min = "1",
            max = "1000000")
        int tokensPerMinute,
    @Option(
            value = "10000",
            doc = "Addresses that are remembered at most; then nobody new.",
            why = "About 2 MB; invented addresses can't grow it further.",
            min = "1",
            max = "10000000")
        int addressLimit) {}
