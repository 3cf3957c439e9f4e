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
   * Decides for the merge that is about to begin. Each merge needs a decision of its own: the last
   * one may have been stopped, or may have found no streams to ask for.
   *
   * @param leave whether the streams of this member stay behind; else it brings them
   */
  public static void decide(HazelcastInstance member, String map, boolean leave) {
    MapService maps =
        GridMember.of(member).node.getNodeEngine().getService(MapService.SERVICE_NAME);
    MapServiceContext context = maps.getMapServiceContext();
    var container = context.getMapContainer(map);
    var policy =
        leave
            ? new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())
            : member.getConfig().findMapConfig(map).getMergePolicyConfig();
    container.setMapConfig(new MapConfig(container.getMapConfig()).setMergePolicyConfig(policy));
  }
}
