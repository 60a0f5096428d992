using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.Data.Sqlite;

namespace MemU.Benchmarks.Measure;

/// <summary>Where the figures were made.</summary>
internal sealed record MachineFacts(
    int Cores, string Cpu, string Simd, double MemoryGigabytes, string Os, string Architecture, string Dotnet, string Sqlite, string Memu, string Build)
{
    public static MachineFacts Read()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return new MachineFacts(
            Environment.ProcessorCount,
            CpuName(),
            SimdName(),
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            RuntimeInformation.FrameworkDescription,
            connection.ServerVersion,
            typeof(MemoryService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
#if DEBUG
            "Debug: figures of this build mean nothing");
#else
            "Release");
#endif
    }

    /// <summary>Bytes of the largest cache of the processor; 4 MiB where the system does not say.</summary>
    public static long CacheBytes()
    {
        const long usual = 4 << 20;
        const string caches = "/sys/devices/system/cpu/cpu0/cache";
        return !Directory.Exists(caches) ? usual : Directory.EnumerateFiles(caches, "size", SearchOption.AllDirectories).Select(SizeIn).DefaultIfEmpty(usual).Max();
    }

    // "32768K"
    private static long SizeIn(string file)
    {
        var text = File.ReadAllText(file).Trim();
        return long.Parse(text.TrimEnd('K', 'M'), CultureInfo.InvariantCulture) << (text[^1] == 'M' ? 20 : text[^1] == 'K' ? 10 : 0);
    }

    private static string CpuName()
    {
        const string facts = "/proc/cpuinfo";
        return File.Exists(facts)
            ? File.ReadLines(facts).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown"
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    private static string SimdName()
    {
        string[] sets =
        [
            .. Avx2.IsSupported ? ["AVX2"] : Array.Empty<string>(), .. Fma.IsSupported ? ["FMA"] : Array.Empty<string>(),
            .. Avx512F.IsSupported ? ["AVX-512"] : Array.Empty<string>(), .. AvxVnni.IsSupported ? ["AVX-VNNI"] : Array.Empty<string>(),
        ];
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        return $"{width} bit preferred" + (sets.Length > 0 ? $" ({string.Join(", ", sets)})" : "");
    }
}
