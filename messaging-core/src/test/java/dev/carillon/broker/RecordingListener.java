package dev.carillon.broker;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.port.FeedListener;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what the feed says. */
public final class RecordingListener implements FeedListener {

  private final Context context;
  private final List<ChannelEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> insufficient = new CopyOnWriteArrayList<>();

  public RecordingListener(Context context) {
    this.context = context;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public void events(String channel, List<ChannelEvent> some) {
    events.addAll(some);
  }

  @Override
  public void insufficient(String channel) {
    insufficient.add(channel);
  }

  public List<ChannelEvent> events() {
    return events;
  }

  /** Channels that were reported as insufficient. */
  public List<String> insufficient() {
    return insufficient;
  }

  /** Data of the publications, in the order in which they came. */
  public List<String> texts() {
    return events.stream()
        .filter(Publication.class::isInstance)
        .map(event -> ((Publication) event).data().asUtf8())
        .toList();
  }
}
