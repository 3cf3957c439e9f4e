package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LogListener;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the target of a join belongs to a cluster of another name, and ends the attempt.
 * Hazelcast tells that in its log only, and would go on asking until the timeout.
 */
final class JoinWatch implements LifecycleListener, HazelcastInstanceAware, LogListener {

  private static final Pattern OTHER_NAME =
      Pattern.compile("at node: (\\S+) .*different cluster-name");

  // Set by threads of Hazelcast before the member has joined, read by the thread that joins.
  private volatile @Nullable String otherName;
  private volatile @Nullable HazelcastInstance joining;

  /** The address of who said that its cluster has another name; null: nobody did. */
  @Nullable String sawOtherName() {
    return otherName;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    joining = hazelcast;
    hazelcast.getLoggingService().addLogListener(Level.WARNING, this);
  }

  @Override
  public void log(LogEvent event) {
    var message = event.getLogRecord().getMessage();
    var hazelcast = joining;
    if (otherName != null || hazelcast == null || message == null) {
      return;
    }
    var said = OTHER_NAME.matcher(message);
    if (!said.find()) {
      return;
    }
    otherName = said.group(1);
    // Not here: this is one of the threads that the end waits for.
    var end = new Thread(hazelcast.getLifecycleService()::terminate, "carillon-join-end");
    end.setDaemon(true);
    end.start();
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    var hazelcast = joining;
    if (hazelcast != null && event.getState() == LifecycleEvent.LifecycleState.STARTED) {
      hazelcast.getLoggingService().removeLogListener(this);
    }
  }
}
