package dev.carillon.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who is counted when remote addresses are limited: an IPv4 address, or the /64 of an IPv6 address,
 * because one host has a whole /64 to choose from.
 *
 * @param network the first 64 bits of the address
 * @param isIpv6 keeps the two kinds apart
 */
public record Source(long network, boolean isIpv6) {

  public static Source of(InetAddress address) {
    byte[] raw = address.getAddress();
    long network = 0;
    for (int i = 0; i < Math.min(raw.length, 8); i++) {
      network = network << 8 | (raw[i] & 0xFF);
    }
    return new Source(network, raw.length > 4);
  }

  /**
   * @param address an IP address as text, never a host name: nothing is looked up
   * @throws IllegalArgumentException when it is none
   */
  public static Source of(String address) {
    try {
      return of(InetAddress.getByName(address));
    } catch (UnknownHostException noAddress) {
      throw new IllegalArgumentException(address + " (expected: an IP address)", noAddress);
    }
  }
}
