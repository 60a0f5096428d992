using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Server;
using Microsoft.Extensions.Logging;

namespace MemU.Cli.Verbs;

internal static class ServeVerb
{
    public static Verb Create()
    {
        var urls = VerbOptions.Text("--urls", "URLS", "Where to listen, separated by semicolons. Default: http://127.0.0.1:8000.");
        var noAuth = VerbOptions.Switch("--no-auth", "Ask nobody for a key. Refused unless every url is loopback.");
        return new Verb(
            "serve", "Serve the memory over HTTP: REST under /v1, its reference under /docs.",
            "memu keys create --user alice && memu serve",
            "memu serve --urls http://127.0.0.1:9000 --no-auth    # for this machine only",
            "memu serve --urls http://0.0.0.0:8000 --data /srv/memu")
        {
            Remarks =
                """
                Every call needs an API key (memu keys create) or a token of the configured OpenID provider. Settings: server.* in `memu config --describe`.
                Ctrl+C or SIGTERM lets what is being done finish, then ends. Exit code 0 then; 2 when a setting is wrong.
                """,
        }.With(urls, noAuth).Does(call =>
        {
            call.Set("server.urls", call.Get(urls), "--urls");
            return RunAsync(call, call.Get(noAuth));
        });
    }

    private static async Task<int> RunAsync(VerbCall call, bool noAuth)
    {
        await MemUServer.RunAsync(
            call.Settings.Settings,
            new ServeOptions
            {
                NoAuth = noAuth,
                Logging = l => ServerLogging.ToStandardError(l, forPeople: call.Surroundings.ErrorIsTerminal, call.Get(SharedOptions.Quiet) ? LogLevel.Warning : LogLevel.Information),
                Listening = addresses => Tell(call, addresses, noAuth),
            },
            call.Cancel);
        return ExitCodes.Done;
    }

    private static void Tell(VerbCall call, IReadOnlyCollection<string> addresses, bool noAuth)
    {
        call.Output.Result(new ListeningJson(addresses, !noAuth), o =>
        {
            o.Line($"Listening on {string.Join(", ", addresses)}", Styles.Good);
            o.Remark(noAuth ? "Authentication is off: every program of this machine can read and write every memory." : "Calls need a key: memu keys create");
        });
        call.Output.Flush();
    }
}
