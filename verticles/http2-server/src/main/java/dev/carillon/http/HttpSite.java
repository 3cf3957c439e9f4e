package dev.carillon.http;

import dev.carillon.gateway.Gateways;
import dev.carillon.port.Ports;
import dev.carillon.session.ClientOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP server of a process serves, and to whom.
 *
 * @param options of the server
 * @param client for {@code client.connection_limit} and {@code client.allowed_origins}
 * @param ports of the node
 * @param gateways of this process, complete before the first instance is deployed
 * @param guests null when the demonstration is off
 * @param hsts whether the certificate was configured by the operator; a self-signed one gets no
 *     HSTS, which would lock out visitors who have to accept it
 */
public record HttpSite(
    WebServerOptions options,
    ClientOptions client,
    Ports ports,
    Gateways gateways,
    @Nullable GuestAccess guests,
    boolean hsts) {

  /** The same with other options. */
  HttpSite with(WebServerOptions others) {
    return new HttpSite(others, client, ports, gateways, guests, hsts);
  }
}
