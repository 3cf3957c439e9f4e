package dev.carillon.cluster.presence;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells in one number which clients of a node are in a channel; 0 for none. */
public final class DigestPresence
    implements EntryProcessor<String, @Nullable ChannelPresence, Long>, ReadOnly, WireData {

  private static final long serialVersionUID = 1L;

  private Incarnation node;

  /** For {@code WireFactory}. */
  public DigestPresence() {
    this(new Incarnation(0, 0));
  }

  DigestPresence(Incarnation node) {
    this.node = node;
  }

  @Override
  public Long process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var presence = entry.getValue();
    return presence == null ? 0 : presence.digest(node);
  }

  @Override
  public @Nullable EntryProcessor<String, @Nullable ChannelPresence, Long> getBackupProcessor() {
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.DIGEST_PRESENCE;
  }

  @Override
  public void write(WireWriter out) {
    Incarnations.write(node, out);
  }

  @Override
  public void read(WireReader in) {
    node = Incarnations.readOne(in);
  }
}
