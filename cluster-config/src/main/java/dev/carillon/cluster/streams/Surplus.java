package dev.carillon.cluster.streams;

import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.spi.merge.DiscardMergePolicy;

/**
 * Streams that a member need not bring to those that it goes over to, because they have all of
 * them. Hazelcast sends what a member owns one partition after the other and waits for each answer,
 * and a merge policy is asked only where it arrives.
 */
public final class Surplus {

  private Surplus() {}

  /**
   * Leaves the streams of this member behind. Only between {@code MERGING} and the merge itself,
   * which makes the map anew, with the policy that it had before.
   */
  public static void leaveBehind(HazelcastInstance member, String map) {
    MapService maps =
        GridMember.of(member).node.getNodeEngine().getService(MapService.SERVICE_NAME);
    MapServiceContext context = maps.getMapServiceContext();
    var container = context.getMapContainer(map);
    var discard = new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName());
    container.setMapConfig(new MapConfig(container.getMapConfig()).setMergePolicyConfig(discard));
  }
}
