package dev.carillon.sessions;

/**
 * Asks a process for one part of all its sessions. Part 0 freezes what the following parts are cut
 * from, so that all parts of a snapshot show the same moment.
 *
 * @param snapshot number chosen by the asking side; a new number is a new moment
 * @param part from 0
 */
public record SessionSnapshotRequest(long snapshot, int part) {}
