package dev.carillon.control;

import java.util.Map;

/**
 * The channels of a node.
 *
 * @param subscribers how many clients of the node are subscribed to each
 * @param complete whether there are no more
 */
public record ChannelCounts(Map<String, Integer> subscribers, boolean complete) {

  public ChannelCounts {
    subscribers = Map.copyOf(subscribers);
  }
}
