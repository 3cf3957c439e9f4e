package dev.carillon.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ServerRunTest {

  private static final String NONE = "0".repeat(40);

  private static String info(String role, String before, int appendOnly) {
    return """
        # Server\r
        run_id:abc\r
        # Memory\r
        maxmemory_policy:noeviction\r
        # Persistence\r
        aof_enabled:%d\r
        # Replication\r
        role:%s\r
        master_replid2:%s\r
        # Keyspace\r
        db0:keys=12,expires=3,avg_ttl=4\r
        db3:keys=5,expires=0,avg_ttl=0\r
        """
        .formatted(appendOnly, role, before);
  }

  private static ServerRun of(String info, String syncs, Restarts restarts) {
    return ServerRun.of(info, syncs, restarts);
  }

  @Test
  void keepsOnlyWhatIsOnDiskBeforeTheAnswer() {
    assertTrue(of(info("master", NONE, 1), "always", Restarts.AUTO).keeps());
    assertFalse(of(info("master", NONE, 1), "everysec", Restarts.AUTO).keeps());
    assertFalse(of(info("master", NONE, 1), "", Restarts.AUTO).keeps(), "it may not be asked");
    assertFalse(of(info("master", NONE, 0), "always", Restarts.AUTO).keeps());
    assertFalse(of(info("master", NONE, 1), "always", Restarts.LOSE).keeps());
    assertTrue(of(info("master", NONE, 0), "", Restarts.KEEP).keeps());
  }

  @Test
  void aPrimaryThatWasAReplicaKeepsNothing() {
    var promoted = of(info("master", "f".repeat(40), 1), "always", Restarts.AUTO);
    assertFalse(promoted.keeps());
    assertNotEquals(of(info("master", NONE, 1), "always", Restarts.AUTO).id(), promoted.id());
  }

  @Test
  void tellsPrimariesReplicasAndKeys() {
    assertTrue(of(info("master", NONE, 1), "", Restarts.AUTO).primary());
    assertFalse(of(info("slave", NONE, 1), "", Restarts.AUTO).primary());
    assertEquals(17, of(info("master", NONE, 1), "", Restarts.AUTO).keys());
    assertFalse(of(info("master", NONE, 1), "", Restarts.AUTO).evicts());
  }
}
