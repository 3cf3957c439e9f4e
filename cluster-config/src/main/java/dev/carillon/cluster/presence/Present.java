package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/**
 * A client that is in a channel.
 *
 * @param announced whether others are told when it comes and goes
 */
record Present(ClientInfo info, boolean announced) {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  /**
   * A number that differs when anything does, the same on every node. 64 bits of hashes: what was
   * lost by accident is seen.
   */
  long digest() {
    long digest = mix(announced ? 1 : 2, info.client().hashCode());
    digest = mix(digest, info.user().hashCode());
    digest = mix(digest, info.connInfo().hashCode());
    return mix(digest, info.chanInfo().hashCode());
  }

  /**
   * The finalizer of SplitMix64, Steele et al., "Fast splittable pseudorandom number generators".
   */
  private static long mix(long digest, int part) {
    long mixed = digest * 31 + part + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  void write(WireWriter out) {
    INFO.write(info, out);
    out.bool(announced);
  }

  static Present read(WireReader in) {
    return new Present(INFO.read(in), in.bool());
  }
}
