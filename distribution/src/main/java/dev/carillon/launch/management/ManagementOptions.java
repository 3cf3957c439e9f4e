package dev.carillon.launch.management;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** Where the management port opens. Every process has one, with or without an HTTP server. */
@Section("http_server")
public record ManagementOptions(
    @Option(
            value = "127.0.0.1",
            doc = "Address of the management port.",
            why = "Metrics and readiness are for operators, not for the public.")
        String internalBind,
    @Option(
            value = "9090",
            min = "0",
            max = "65535",
            doc =
                "Management port with `/healthz`, `/readyz` and `/metrics`, open in every"
                    + " process. `0`: any free one.",
            why = "A port of its own, so that no rule for the public ports can open it.")
        int internalPort) {}
