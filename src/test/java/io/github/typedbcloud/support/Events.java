package io.github.typedbcloud.support;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.event.WriteVerified;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all events of a client, oldest first. */
public final class Events implements OperationListener {

  private final List<Object> all = new CopyOnWriteArrayList<>();

  @Override
  public void callStarted(CallInfo call) {
    all.add(call);
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    all.add(event);
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    all.add(event);
  }

  @Override
  public void writeVerified(WriteVerified event) {
    all.add(event);
  }

  @Override
  public void callEnded(CallEnded event) {
    all.add(event);
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    all.add(event);
  }

  @Override
  public void waitStarted(WaitInfo waitInfo) {
    all.add(waitInfo);
  }

  @Override
  public void waitPolled(WaitPolled event) {
    all.add(event);
  }

  @Override
  public void waitEnded(WaitEnded event) {
    all.add(event);
  }

  public List<Object> all() {
    return List.copyOf(all);
  }

  /** Those of one kind. */
  public <T> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public void forget() {
    all.clear();
  }
}
