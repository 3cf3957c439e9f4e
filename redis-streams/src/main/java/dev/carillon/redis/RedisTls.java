package dev.carillon.redis;

import dev.carillon.config.Option;

/** How connections to Redis are encrypted: the keys below {@code redis.tls}. */
public record RedisTls(
    @Option(
            value = "false",
            doc =
                "Whether connections are encrypted. The certificate of Redis must be valid for the"
                    + " host of `redis.address`.",
            why = "Redis listens without TLS unless it is told otherwise.")
        boolean enabled,
    @Option(
            doc =
                "PEM file of the authorities that may have signed it. Empty: those that the JVM"
                    + " trusts.",
            why = "A Redis of one's own usually has an authority of its own.")
        String caPemFile,
    @Option(
            doc = "PEM file of the certificate that this node shows. Empty: none.",
            why = "Only some servers ask for one.")
        String certPemFile,
    @Option(doc = "PEM file of its private key.", why = "It belongs to the certificate.")
        String keyPemFile) {}
