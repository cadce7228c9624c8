package dev.millrace.pinot.proof;

import org.apache.helix.NotificationContext;
import org.apache.helix.model.Message;
import org.apache.helix.participant.statemachine.StateModel;
import org.apache.helix.participant.statemachine.StateModelFactory;
import org.apache.helix.participant.statemachine.StateModelInfo;
import org.apache.helix.participant.statemachine.Transition;
import org.apache.pinot.segment.local.data.manager.TableDataManager;

/** What a server does when Helix gives one of its segments another state. */
final class SegmentStates extends StateModelFactory<StateModel> {
  private final PinotServer server;

  SegmentStates(PinotServer server) {
    this.server = server;
  }

  @Override
  public StateModel createNewStateModel(String resource, String partition) {
    return new SegmentState(server);
  }

  /** Helix finds the methods by their annotations, and calls them from outside this package. */
  @StateModelInfo(states = "{'OFFLINE','ONLINE','CONSUMING','DROPPED'}", initialState = "OFFLINE")
  public static final class SegmentState extends StateModel {
    private final PinotServer server;

    SegmentState(PinotServer server) {
      this.server = server;
    }

    private TableDataManager table(Message message) {
      return server.table(message.getResourceName());
    }

    @Transition(from = "OFFLINE", to = "CONSUMING")
    public void consume(Message message, NotificationContext context) throws Exception {
      table(message).addConsumingSegment(message.getPartitionName());
    }

    @Transition(from = "CONSUMING", to = "ONLINE")
    public void complete(Message message, NotificationContext context) throws Exception {
      table(message).addOnlineSegment(message.getPartitionName());
    }

    @Transition(from = "OFFLINE", to = "ONLINE")
    public void load(Message message, NotificationContext context) throws Exception {
      table(message).addOnlineSegment(message.getPartitionName());
    }

    @Transition(from = "CONSUMING", to = "OFFLINE")
    public void stop(Message message, NotificationContext context) throws Exception {
      table(message).offloadSegment(message.getPartitionName());
      table(message).onConsumingToOffline(message.getPartitionName());
    }

    @Transition(from = "ONLINE", to = "OFFLINE")
    public void unload(Message message, NotificationContext context) throws Exception {
      table(message).offloadSegment(message.getPartitionName());
    }

    @Transition(from = "CONSUMING", to = "DROPPED")
    public void dropConsuming(Message message, NotificationContext context) throws Exception {
      table(message).offloadSegment(message.getPartitionName());
      table(message).onConsumingToDropped(message.getPartitionName());
    }

    @Transition(from = "ONLINE", to = "DROPPED")
    public void dropOnline(Message message, NotificationContext context) throws Exception {
      table(message).offloadSegment(message.getPartitionName());
    }

    @Transition(from = "OFFLINE", to = "DROPPED")
    public void dropOffline(Message message, NotificationContext context) {}

    @Transition(from = "ERROR", to = "OFFLINE")
    public void recover(Message message, NotificationContext context) {}

    @Transition(from = "ERROR", to = "DROPPED")
    public void dropFailed(Message message, NotificationContext context) {}
  }
}
