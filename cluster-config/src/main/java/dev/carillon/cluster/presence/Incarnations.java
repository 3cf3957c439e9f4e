package dev.carillon.cluster.presence;

import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** A set of incarnations on its way to or from the owner of a channel. */
public final class Incarnations implements WireData {

  private Set<Incarnation> all;

  public Incarnations() {
    this(Set.of());
  }

  Incarnations(Collection<Incarnation> all) {
    this.all = Set.copyOf(all);
  }

  Set<Incarnation> all() {
    return all;
  }

  @Override
  public int getClassId() {
    return WireIds.INCARNATIONS;
  }

  /** In ascending order, so that equal sets have equal bytes. */
  @Override
  public void write(WireWriter out) {
    out.varint(all.size());
    new TreeSet<>(all).forEach(one -> write(one, out));
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    var read = new HashSet<Incarnation>();
    for (int i = 0; i < count; i++) {
      read.add(readOne(in));
    }
    all = Set.copyOf(read);
  }

  static void write(Incarnation one, WireWriter out) {
    out.int64(one.high()).int64(one.low());
  }

  static Incarnation readOne(WireReader in) {
    return new Incarnation(in.int64(), in.int64());
  }
}
