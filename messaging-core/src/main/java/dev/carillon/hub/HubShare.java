package dev.carillon.hub;

import dev.carillon.port.Ports;
import dev.carillon.session.SessionSettings;
import dev.carillon.token.TokenVerifier;

/** What all hubs of a process have in common; each part may be used from any thread. */
record HubShare(
    Ports ports, SessionSettings settings, TokenVerifier tokens, HubMeters meters, Users users) {}
