package dev.carillon.port;

import dev.carillon.hub.Connections;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Everything a verticle gets from the node that runs it.
 *
 * @param broker publications and history
 * @param presence who is in a channel
 * @param sessions the cluster's table of sessions
 * @param links the other nodes
 * @param membership which nodes there are
 * @param connections the connections of this process; every verticle that holds some adds them
 * @param meters where measurements are registered
 */
public record Ports(
    Broker broker,
    PresenceManager presence,
    SessionRegistry sessions,
    NodeLinks links,
    Membership membership,
    Connections connections,
    MeterRegistry meters) {}
