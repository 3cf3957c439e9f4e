package dev.carillon.cluster;

import dev.carillon.broker.BrokerOptions;
import dev.carillon.cluster.links.LinkOptions;
import dev.carillon.cluster.streams.StreamLimits;
import dev.carillon.cluster.streams.StreamsOptions;
import dev.carillon.config.OptionReader;

/** The limits of what a node stores, holds back and sends to others. */
public record NodeLimits(
    BrokerOptions broker, StreamsOptions streams, StreamLimits channels, LinkOptions links) {

  public static NodeLimits defaults() {
    return new NodeLimits(
        OptionReader.defaults(BrokerOptions.class),
        OptionReader.defaults(StreamsOptions.class),
        OptionReader.defaults(StreamLimits.class),
        OptionReader.defaults(LinkOptions.class));
  }
}
