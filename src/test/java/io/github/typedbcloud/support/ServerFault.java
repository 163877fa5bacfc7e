package io.github.typedbcloud.support;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/** The faults of a response to a request that the service may have applied. */
public enum ServerFault {
  LOST {
    @Override
    public MockResponse of(String response) {
      return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    }
  },
  CUT_SHORT {
    @Override
    public MockResponse of(String response) {
      return new MockResponse.Builder()
          .body(response)
          .setHeader("Content-Length", response.length() + 1)
          .onResponseEnd(new SocketEffect.CloseSocket())
          .build();
    }
  },
  PAGE_OF_A_PROXY {
    @Override
    public MockResponse of(String response) {
      return MockCloud.text(200, "<html>Sign in</html>");
    }
  },
  REQUEST_TIMEOUT {
    @Override
    public MockResponse of(String response) {
      return MockCloud.text(408, "");
    }
  },
  INTERNAL_SERVER_ERROR {
    @Override
    public MockResponse of(String response) {
      return MockCloud.json(500, Payloads.error("OOPS", "unexpected"));
    }
  },
  BAD_GATEWAY {
    @Override
    public MockResponse of(String response) {
      return MockCloud.text(502, "<html>Bad gateway</html>");
    }
  },
  SERVICE_UNAVAILABLE {
    @Override
    public MockResponse of(String response) {
      return MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "0").build();
    }
  },
  GATEWAY_TIMEOUT {
    @Override
    public MockResponse of(String response) {
      return MockCloud.text(504, "<html>Gateway timeout</html>");
    }
  };

  /** What the server sends instead of a response. */
  public abstract MockResponse of(String response);
}
