using MemU.Maintenance;
using MemU.Memorize;
using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>A progress bar on the standard error while something long runs; nothing when nobody watches.</summary>
internal static class ProgressBar
{
    public static Task<T> MemorizeAsync<T>(CliOutput output, Func<IProgress<MemorizeProgress>?, Task<T>> work) =>
        RunAsync<T, MemorizeProgress>(output, work, (bar, p) => Show(bar, $"{p.Stage} {SafeText.Line(Path.GetFileName(p.Source), 40)}", p.Done, p.Total));

    public static Task<T> MaintainAsync<T>(CliOutput output, Func<IProgress<MaintenanceProgress>?, Task<T>> work) =>
        RunAsync<T, MaintenanceProgress>(output, work, (bar, p) => Show(bar, SafeText.Line(p.Step, 60), p.Done, p.Total));

    private static async Task<T> RunAsync<T, TProgress>(CliOutput output, Func<IProgress<TProgress>?, Task<T>> work, Action<ProgressTask, TProgress> show)
    {
        if (!output.ShowsProgress)
        {
            return await work(null);
        }

        var progress = output.Messages.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn());
        return await progress.StartAsync(async context =>
        {
            var bar = context.AddTask("Starting", maxValue: 1);
            bar.IsIndeterminate = true;
            return await work(new Relay<TProgress>(p => show(bar, p)));
        });
    }

    private static void Show(ProgressTask bar, string text, long done, long total)
    {
        bar.Description = Markup.Escape(text);
        bar.IsIndeterminate = total <= 0;
        bar.MaxValue = Math.Max(1, total);
        bar.Value = Math.Min(done, Math.Max(1, total));
    }

    // Reports at once and in order; System.Progress would post them to the thread pool.
    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
