package dev.carillon.heartbeat;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Options of the verticle that keeps the table. */
@Section("session_heartbeat")
public record HeartbeatOptions(
    @Option(
            value = "30s",
            doc = "A live process from which no beat came for so long loses its sessions.",
            why = "30 lost beats are no accident; a killed process is noticed within 1 s anyway.",
            min = "1s",
            max = "1h")
        Duration lease,
    @Option(
            value = "500ms",
            doc = "How often changes are written to the table.",
            why = "Twice as often as beats come in; ended sessions are written at once.",
            min = "50ms",
            max = "10s")
        Duration writeInterval,
    @Option(
            value = "10s",
            doc = "How often the table is compared with what is known, and mended.",
            why = "Only a lost copy of the table makes them differ.",
            min = "100ms",
            max = "1h")
        Duration reconcileInterval,
    @Option(
            value = "1000",
            doc = "Rows in one write to the table, and ids in one announcement of ended sessions.",
            why = "About 200 KB.",
            min = "1",
            max = "10000")
        int rowsPerWrite) {}
