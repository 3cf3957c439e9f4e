package dev.carillon.launch.management;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** Who reaches the management port, which every process has, with or without an HTTP server. */
@Section("http_server")
public record ManagementOptions(
    @Option(
            value = "127.0.0.1",
            doc =
                "Address of the port for `/healthz`, `/readyz` and `/metrics`, which is"
                    + " `http_server.internal_port`, open in every process.",
            why = "Metrics and readiness are for operators, not for the public.")
        String internalBind) {}
