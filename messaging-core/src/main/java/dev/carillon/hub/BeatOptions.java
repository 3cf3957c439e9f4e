package dev.carillon.hub;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Options of what every process tells about its sessions. */
@Section(value = "session_heartbeat", doc = "Keeps the cluster's table of sessions.")
public record BeatOptions(
    @Option(
            value = "1s",
            doc = "How often a process tells what happened to its sessions.",
            why = "The console refreshes every 2 s.",
            min = "100ms",
            max = "10s")
        Duration beatInterval,
    @Option(
            value = "2000",
            doc = "Sessions at most that one beat tells about for the first time.",
            why = "About 400 KB; a storm of connections is told in the beats that follow.",
            min = "1",
            max = "20000")
        int openedPerBeat,
    @Option(
            value = "1000",
            doc = "Sessions at most whose new numbers are in one beat; they take turns.",
            why = "About 60 KB a second for each process, however many sessions it has.",
            min = "1",
            max = "20000")
        int changesPerBeat,
    @Option(
            value = "10000",
            doc = "Ended sessions at most in one beat.",
            why = "About 400 KB; the rest is told in the beats that follow.",
            min = "1",
            max = "50000")
        int endedPerBeat,
    @Option(
            value = "1000",
            doc = "Sessions in one part of a snapshot.",
            why = "About 200 KB, a small part of what a link may hold.",
            min = "1",
            max = "10000")
        int snapshotPartRows) {}
