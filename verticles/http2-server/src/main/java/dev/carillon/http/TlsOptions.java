package dev.carillon.http;

import dev.carillon.config.Option;

/** Certificate and key of the HTTP server: the keys below {@code http_server.tls}. */
public record TlsOptions(
    @Option(
            doc =
                "PEM file of the certificate chain, the server's own first. Empty: a"
                    + " self-signed one is made.",
            why = "Only the operator has a certificate that browsers trust.")
        String certPemFile,
    @Option(
            doc = "PEM file of the private key of the certificate, PKCS#8 or as openssl writes it.",
            why = "It belongs to the certificate.")
        String keyPemFile,
    @Option(
            value = "auto",
            doc = "`boringssl`, `jdk`, or `auto`: BoringSSL where it is there for the platform.",
            why = "Handshakes cost BoringSSL a quarter to an eighth of what they cost the JDK.")
        TlsEngine engine) {}
