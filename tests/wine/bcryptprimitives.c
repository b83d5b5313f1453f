/* Wine 8.0 (Debian 12) lacks this library of Windows, from which every program of Rust takes its random numbers. For tests only. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
    const SIZE_T most = 0x100000;
    while (size > 0) {
        ULONG part = (ULONG)(size < most ? size : most);
        if (!SystemFunction036(data, part)) return FALSE;
        data += part;
        size -= part;
    }
    return TRUE;
}
