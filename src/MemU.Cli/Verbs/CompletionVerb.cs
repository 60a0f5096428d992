using MemU.Cli.CommandLine;

namespace MemU.Cli.Verbs;

internal static class CompletionVerb
{
    private static readonly string[] shells = ["bash", "zsh", "pwsh"];

    public static Verb Create()
    {
        var shell = VerbOptions.Required("SHELL", "bash, zsh or pwsh.", shells);
        return new Verb(
            "completion", "Print a script that completes memu's words in your shell.",
            "eval \"$(memu completion bash)\"                      # in ~/.bashrc",
            "eval \"$(memu completion zsh)\"                       # in ~/.zshrc, after compinit",
            "memu completion pwsh | Out-String | Invoke-Expression # in $PROFILE")
            .With(shell).Does(async call =>
            {
                var name = call.Get(shell)!.Trim().ToLowerInvariant();
                if (!shells.Contains(name))
                {
                    throw new ArgumentException($"'{name}' is not a known shell. Known: {string.Join(", ", shells)}.");
                }

                using var script = new StreamReader(typeof(CompletionVerb).Assembly.GetManifestResourceStream($"completion.{name}")!);
                var text = await script.ReadToEndAsync(call.Cancel);
                call.Output.Result(new CompletionJson(name, text), o => o.Text.Write(text));
            });
    }
}
