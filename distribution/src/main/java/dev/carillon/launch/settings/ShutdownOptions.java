package dev.carillon.launch.settings;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Options of an orderly end. */
@Section(value = "shutdown", doc = "The orderly end after SIGTERM or Ctrl-C.")
public record ShutdownOptions(
    @Option(
            value = "0s",
            min = "0s",
            max = "10m",
            doc = "How long to keep serving after `/readyz` says no.",
            why = "Zero, because only a load balancer needs time to notice; behind one use 10s.")
        Duration delay,
    @Option(
            value = "30s",
            min = "1s",
            max = "10m",
            doc = "How long the steps after the delay may take together.",
            why = "Kubernetes kills a pod after 30 s unless it was told otherwise.")
        Duration timeout) {}
