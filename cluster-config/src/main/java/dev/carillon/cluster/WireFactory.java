package dev.carillon.cluster;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.carillon.wire.WireIds;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the empty objects that Hazelcast fills when it reads: one line for each id of {@link
 * WireIds} from 60 to 99.
 */
public final class WireFactory implements DataSerializableFactory {

  private static final Map<Integer, Supplier<IdentifiedDataSerializable>> TYPES =
      Map.ofEntries(Map.entry(WireIds.STORED_NODE, StoredNode::new));

  @Override
  public IdentifiedDataSerializable create(int id) {
    var type = TYPES.get(id);
    if (type == null) {
      throw new IllegalArgumentException("type id " + id + " (expected: one of WireIds)");
    }
    return type.get();
  }
}
