package dev.carillon.chaos.load;

import io.github.centrifugal.centrifuge.StreamPosition;
import io.github.centrifugal.centrifuge.SubscribedEvent;

/**
 * Where a subscription of the Java SDK begins. Version 0.4.1 gives its programs the position but no
 * public way to look at it.
 */
record SdkPosition(String epoch, long offset) {

  static SdkPosition of(SubscribedEvent event) {
    var position = event.getStreamPosition();
    return new SdkPosition((String) read(position, "getEpoch"), (Long) read(position, "getOffset"));
  }

  private static Object read(StreamPosition position, String getter) {
    try {
      var method = StreamPosition.class.getDeclaredMethod(getter);
      method.setAccessible(true);
      return method.invoke(position);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(getter + " (expected: as in version 0.4.1)", changed);
    }
  }
}
