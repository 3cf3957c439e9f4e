package dev.carillon.heartbeat;

import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.wire.Incarnation;

/** A part of a snapshot that has to be asked for. */
record Wanted(Incarnation owner, SessionSnapshotRequest request) {}
