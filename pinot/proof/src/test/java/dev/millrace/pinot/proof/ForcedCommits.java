package dev.millrace.pinot.proof;

import java.util.List;
import org.apache.helix.NotificationContext;
import org.apache.helix.messaging.handling.HelixTaskResult;
import org.apache.helix.messaging.handling.MessageHandler;
import org.apache.helix.messaging.handling.MultiTypeMessageHandlerFactory;
import org.apache.helix.model.Message;
import org.apache.pinot.common.messages.ForceCommitMessage;

/** The messages by which a controller has consuming segments committed at once, as a pause does. */
final class ForcedCommits implements MultiTypeMessageHandlerFactory {
  private final PinotServer server;

  ForcedCommits(PinotServer server) {
    this.server = server;
  }

  @Override
  public MessageHandler createHandler(Message message, NotificationContext context) {
    return new MessageHandler(message, context) {
      @Override
      public HelixTaskResult handleMessage() {
        if (ForceCommitMessage.FORCE_COMMIT_MSG_SUB_TYPE.equals(_message.getMsgSubType())) {
          ForceCommitMessage commit = new ForceCommitMessage(_message);
          server.forceCommit(commit.getTableName(), commit.getSegmentNames());
        }
        HelixTaskResult result = new HelixTaskResult();
        result.setSuccess(true);
        return result;
      }

      @Override
      public void onError(Exception e, ErrorCode code, ErrorType type) {
        throw new IllegalStateException("Message " + _message.getId() + " failed: " + code, e);
      }
    };
  }

  @Override
  public List<String> getMessageTypes() {
    return List.of(Message.MessageType.USER_DEFINE_MSG.name());
  }

  @Override
  public void reset() {}
}
